export { fastForward } from '../../engine/temporal/fast-forward';
