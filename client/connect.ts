import { Client, type ConnectionLike } from '@temporalio/client';
import { createCases, type Cases } from './cases';
import { createEngineOperations, type EngineOperations } from './operations';

/** Everything typed that the engine can be asked, over a connection that somebody else keeps. */
export function engineAccess(connection: ConnectionLike, namespace: string, taskQueue: string): { cases: Cases; engine: EngineOperations } {
  const client = new Client({ connection, namespace });
  return { cases: createCases(client, taskQueue), engine: createEngineOperations(client, taskQueue) };
}
