import { z } from 'zod';
import type { Route } from '../http/route';
import { catalogue, problemType, type ProblemCode } from '../problems/catalogue';
import { ProblemDetails } from '../problems/problem';

type Json = Readonly<Record<string, unknown>>;

const EVERY_CALLER: readonly ProblemCode[] = [
  'token-missing',
  'token-malformed',
  'token-unsigned',
  'token-algorithm-not-allowed',
  'token-signature-wrong',
  'token-expired',
  'token-not-yet-valid',
  'token-wrong-audience',
  'token-wrong-issuer',
  'identity-provider-silent',
  'not-your-role',
  'too-many-requests',
];
const EVERY_JSON_BODY: readonly ProblemCode[] = [
  'malformed-json',
  'malformed-request',
  'body-too-large',
  'unsupported-media-type',
];

const EVERY_ADDRESS_WITH_AN_ID: readonly ProblemCode[] = ['malformed-request', 'validation-failed'];

/** Collects schemas with an id into the components, so that each stands in the document once. */
class Components {
  readonly schemas: Record<string, unknown> = {};

  of(schema: z.ZodType, io: 'input' | 'output'): Json {
    const {
      $schema: _dialect,
      $defs,
      ...body
    } = z.toJSONSchema(schema, { target: 'draft-2020-12', io, unrepresentable: 'any' }) as Record<string, unknown>;
    for (const [name, definition] of Object.entries(($defs as Json | undefined) ?? {}))
      this.schemas[name] ??= moved(definition);
    const { id, ...rest } = body;
    if (typeof id !== 'string') return moved(body) as Json;
    this.schemas[id] ??= moved(rest);
    return { $ref: `#/components/schemas/${id}` };
  }
}

/** References into a schema's own definitions become references into the components. */
function moved(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(moved);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, member]) => !(name === 'id' && typeof member === 'string' && 'type' in value))
      .map(([name, member]) => [
        name,
        name === '$ref' && typeof member === 'string'
          ? member.replace('#/$defs/', '#/components/schemas/')
          : moved(member),
      ]),
  );
}

function parametersOf(route: Route, components: Components): Json[] {
  const from = (schema: z.ZodType | undefined, where: 'path' | 'query'): Json[] => {
    if (!schema) return [];
    const { properties = {}, required = [] } = components.of(schema, 'input') as {
      properties?: Json;
      required?: readonly string[];
    };
    return Object.entries(properties).map(([name, each]) => {
      const { description, ...rest } = each as { description?: string };
      return {
        name,
        in: where,
        required: where === 'path' || required.includes(name),
        ...(description ? { description } : {}),
        schema: rest,
      };
    });
  };
  const headers = (route.headers ?? []).map(({ name, description, required, example }) => ({
    name,
    in: 'header',
    required,
    description,
    schema: { type: 'string' },
    ...(example === undefined ? {} : { example }),
  }));
  return [...from(route.params, 'path'), ...from(route.query, 'query'), ...headers];
}

function bodyOf(route: Route, components: Components): Json {
  if (route.raw) {
    const { mediaTypes, documented = {} } = route.raw;
    const schemaOf = (type: string): Json => {
      if (type === '*/*') return {};
      const schema = documented[type];
      return schema ? components.of(schema, 'input') : { type: 'string', format: 'binary' };
    };
    const content = mediaTypes.map((type) => [type === '*/*' ? 'application/json' : type, { schema: schemaOf(type) }]);
    return { requestBody: { required: true, content: Object.fromEntries(content) } };
  }
  const schema = route.body ?? route.documentedBody;
  return schema
    ? {
        requestBody: {
          required: route.body !== undefined,
          content: { 'application/json': { schema: components.of(schema, 'input') } },
        },
      }
    : {};
}

function problemsOf(route: Route, components: Components): Json {
  const hasJson = route.body !== undefined || route.documentedBody !== undefined;
  const codes = new Set<ProblemCode>([
    ...('roles' in route ? EVERY_CALLER : []),
    ...('open' in route && route.limited ? (['too-many-requests'] as const) : []),
    ...(route.params ? EVERY_ADDRESS_WITH_AN_ID : []),
    ...(hasJson ? EVERY_JSON_BODY : []),
    ...(route.raw ? [route.raw.tooLarge ?? 'body-too-large', 'unsupported-media-type' as const] : []),
    ...route.problems,
    'internal-error',
  ]);
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of codes)
    byStatus.set(catalogue[code].status, [...(byStatus.get(catalogue[code].status) ?? []), code]);
  return Object.fromEntries(
    [...byStatus].map(([status, all]) => [
      String(status),
      {
        description: all.map((code) => `\`${code}\`: ${catalogue[code].title.en}`).join('\n\n'),
        content: {
          'application/problem+json': {
            schema: {
              allOf: [
                components.of(ProblemDetails, 'output'),
                { properties: { type: { enum: all.map(problemType) }, code: { enum: all } } },
              ],
            },
          },
        },
      },
    ]),
  );
}

function successOf({ success }: Route, components: Components): Json {
  const { schema, mediaType = 'application/json', alsoAs = [], headers = [], orNothing } = success;
  const other = Object.fromEntries(
    alsoAs.map((type) => [
      type,
      { schema: { type: 'string', ...(type.startsWith('text/') ? {} : { format: 'binary' }) } },
    ]),
  );
  const content =
    schema || success.mediaType
      ? {
          content: { [mediaType]: { schema: schema ? components.of(schema, 'output') : { type: 'string' } }, ...other },
        }
      : {};
  const sent =
    headers.length > 0
      ? { headers: Object.fromEntries(headers.map((name) => [name, { schema: { type: 'string' } }])) }
      : {};
  return {
    [String(success.status)]: { description: success.description, ...content, ...sent },
    ...(orNothing === undefined ? {} : { '204': { description: orNothing } }),
  };
}

/** The OpenAPI document of these very routes. */
export function openApiDocument(routes: readonly Route[]): Json {
  const components = new Components();
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const parameters = parametersOf(route, components);
    (paths[route.path] ??= {})[route.method] = {
      operationId: route.operationId,
      tags: [route.tag],
      summary: route.summary,
      ...(route.description ? { description: route.description } : {}),
      ...('roles' in route ? { security: [{ bearer: [...route.roles] }] } : { security: [] }),
      ...(parameters.length > 0 ? { parameters } : {}),
      ...bodyOf(route, components),
      responses: { ...successOf(route, components), ...problemsOf(route, components) },
    };
  }
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'Tajdid',
      version: '1.0.0',
      summary: 'Renewal of identity cards and registration of family events, case by case',
      description:
        'Every answer that is not a success is an RFC 9457 problem with a stable `type`, in Arabic and English. Identity numbers never stand in an address.',
    },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: components.schemas,
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
}
