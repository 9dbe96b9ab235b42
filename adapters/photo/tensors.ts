import * as tensors from '@tensorflow/tfjs';

// Must be loaded before the wasm backend and the face library: both then find this engine, and say nothing about it.
tensors.enableProdMode();

type Operation = (tensor: tensors.Tensor, ...rest: never[]) => unknown;

/**
 * Operations that the face library calls as methods of a tensor; tfjs adds them in a module that Node cannot load from
 * CommonJS.
 */
const METHODS: Readonly<Record<string, Operation>> = {
  add: tensors.add,
  sub: tensors.sub,
  mul: tensors.mul,
  div: tensors.div,
  mean: tensors.mean,
  slice: tensors.slice,
  reshape: tensors.reshape,
  transpose: tensors.transpose,
  expandDims: tensors.expandDims,
  toInt: (tensor) => tensors.cast(tensor, 'int32'),
  as1D: (tensor) => tensors.reshape(tensor, [tensor.size]),
  as2D: (tensor, ...shape) => tensors.reshape(tensor, shape),
  as3D: (tensor, ...shape) => tensors.reshape(tensor, shape),
  as4D: (tensor, ...shape) => tensors.reshape(tensor, shape),
};

for (const [name, operation] of Object.entries(METHODS)) {
  Object.defineProperty(tensors.Tensor.prototype, name, {
    configurable: true,
    value: function (this: tensors.Tensor, ...rest: never[]) {
      return operation(this, ...rest);
    },
  });
}

export { tensors };
