/** The one task queue that cases run on. */
export const TASK_QUEUE = 'tajdid-cases';
/** The deployment that workers with a version belong to. */
export const DEPLOYMENT = 'tajdid';

/** Names are the engine's, and systems may share one: each but the one on the usual queue has its queue in its names. */
export const nameOn = (taskQueue: string, name: string): string =>
  taskQueue === TASK_QUEUE ? name : `${name}-${taskQueue}`;
