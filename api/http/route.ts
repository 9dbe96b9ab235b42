import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Role } from '../../domain/case/model';
import type { Caller } from '../auth/caller';
import type { ProblemCode } from '../problems/catalogue';

/** What a handler gets: everything parsed, everything checked that can be checked without looking anything up. */
export interface Call<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly req: Request;
  readonly res: Response;
}

export interface CallerCall<P, Q, B> extends Call<P, Q, B> {
  readonly caller: Caller;
}

export interface Reply<R> {
  readonly body: R;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface HeaderText {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  readonly example?: string;
}

export interface RawBody {
  readonly mediaTypes: readonly string[];
  /** What the document shows of a body of such a type, which the handler validates itself; bytes by default. */
  readonly documented?: Readonly<Record<string, z.ZodType>>;
  /** Bytes. What is longer is refused by its length before it has come, or without one at its end; it is never held. */
  readonly limit: number;
  /** What a longer body is called here; `body-too-large` by default. */
  readonly tooLarge?: ProblemCode;
}

interface RouteBase<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType> {
  readonly method: 'get' | 'post' | 'delete';
  /** As OpenAPI writes it: `/v1/cases/{id}`. */
  readonly path: `/${string}`;
  readonly tag: string;
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** Where the body's schema depends on what the request is about and the handler validates it itself: what the document shows. */
  readonly documentedBody?: z.ZodType;
  /** For a body that is not JSON: the handler gets the bytes. */
  readonly raw?: RawBody;
  readonly headers?: readonly HeaderText[];
  readonly success: {
    readonly status: number;
    readonly description: string;
    readonly schema?: R;
    readonly mediaType?: string;
    /** Other forms that the handler sends itself when they are asked for. */
    readonly alsoAs?: readonly string[];
    readonly headers?: readonly string[];
    /** When the handler answers 204 instead. */
    readonly orNothing?: string;
  };
  /** What this route can answer besides the problems that every route of its sort can. */
  readonly problems: readonly ProblemCode[];
}

/** For whoever has one of these roles. Without an answer the handler has sent its own. */
export interface CallerRoute<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
> extends RouteBase<P, Q, B, R> {
  readonly roles: readonly Role[];
  handle(call: CallerCall<z.output<P>, z.output<Q>, z.output<B>>): Promise<Reply<z.output<R>> | undefined>;
}

/** For everybody; `signed` says that the handler checks a signature of its own. */
export interface OpenRoute<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
> extends RouteBase<P, Q, B, R> {
  readonly open: 'public' | 'signed';
  /** Only so many requests a minute from one address: what can be guessed at, or costs more than an answer from memory. */
  readonly limited?: true;
  handle(call: Call<z.output<P>, z.output<Q>, z.output<B>>): Promise<Reply<z.output<R>> | undefined>;
}

export type Route =
  CallerRoute<z.ZodType, z.ZodType, z.ZodType, z.ZodType> | OpenRoute<z.ZodType, z.ZodType, z.ZodType, z.ZodType>;

/** A row of the table that mounts the routes and from which the OpenAPI document is made, so that the two cannot differ. */
export const route = <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  row: CallerRoute<P, Q, B, R>,
): Route => row;
export const openRoute = <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  row: OpenRoute<P, Q, B, R>,
): Route => row;
