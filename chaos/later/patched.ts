import { patched, type WorkflowInterceptorsFactory } from '@temporalio/workflow';
import { noteTransitions, PATCH } from './note-transitions';

/** The change as it may go out: transitions that were made before it are replayed without it. */
export const interceptors: WorkflowInterceptorsFactory = noteTransitions(() => patched(PATCH));
