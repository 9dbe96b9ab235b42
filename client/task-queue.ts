/** The one task queue that cases run on. */
export const TASK_QUEUE = 'tajdid-cases';
/** The deployment that workers with a version belong to. */
export const DEPLOYMENT = 'tajdid';
