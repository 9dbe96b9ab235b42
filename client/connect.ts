import { Client, Connection, type ConnectionLike, type ConnectionOptions } from '@temporalio/client';
import { createCases, EngineSilent, type Cases } from './cases';
import { engineSays } from './engine-says';
import { createDeployments, type Deployments } from './deployments';
import { createEngineOperations, type EngineOperations } from './operations';
import { createServiceFlows, type ServiceFlows } from './services';

export interface EngineAccess {
  readonly cases: Cases;
  readonly engine: EngineOperations;
  readonly deployments: Deployments;
  readonly services: ServiceFlows;
}

/** Where workers of cases are found. */
export interface Workers {
  readonly taskQueue: string;
  readonly deployment?: string | undefined;
}

/** Everything typed that the engine can be asked, over a connection that somebody else keeps. */
export function engineAccess(
  connection: ConnectionLike,
  namespace: string,
  { taskQueue, deployment }: Workers,
): EngineAccess {
  const client = new Client({ connection, namespace });
  return {
    cases: createCases(client, taskQueue),
    engine: createEngineOperations(client, taskQueue, { deployment }),
    deployments: createDeployments(client),
    services: createServiceFlows(client, taskQueue),
  };
}

/** The same over a connection of its own. Throws EngineSilent. */
export async function connectEngine(
  options: ConnectionOptions,
  namespace: string,
  workers: Workers,
  connectTimeout: number,
): Promise<EngineAccess & { close(): Promise<void> }> {
  const connection = Connection.lazy({ ...options, connectTimeout });
  try {
    await connection.ensureConnected();
  } catch (error) {
    await connection.close();
    const unheard = {
      en: `The engine at ${options.address} cannot be reached.`,
      ar: `لا يُوصل إلى المحرك في ${options.address}.`,
    };
    throw new EngineSilent(error, engineSays(error, namespace) ?? unheard);
  }
  return { ...engineAccess(connection, namespace, workers), close: () => connection.close() };
}
