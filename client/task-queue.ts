/** The one task queue that cases run on. */
export const TASK_QUEUE = 'tajdid-cases';
