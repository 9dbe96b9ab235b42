/** Restate's SDK asks for `Promise.withResolvers`, which Node has from 22 on: given here, so that it can be had on Node 20. */
const given = Promise as unknown as { withResolvers?: () => unknown };

given.withResolvers ??= () => {
  let resolve: unknown;
  let reject: unknown;
  const promise = new Promise((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
};
