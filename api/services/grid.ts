import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds. What came to nothing is answered on this grid, counted from its beginning. */
export const GRID = 10;

/** Milliseconds from here to the next line of the grid. */
export const untilGrid = (spent: number): number => Math.ceil(spent / GRID) * GRID - spent;

/** Whether a number is unknown or only the fact is wrong must not show in how long the answer took. */
export async function onTheGrid(began: number): Promise<void> {
  await pause(untilGrid(performance.now() - began));
}
