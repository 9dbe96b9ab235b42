/** Settings for one box that also runs Temporal, the worker and the API. */
const COMMON: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  timezone: 'UTC',
  log_timezone: 'UTC',
  jit: 'off',
  random_page_cost: '1.1',
  wal_compression: 'on',
  // Values of a failed statement may be personal data: they stay out of the log.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_parameter_max_length_on_error: '0',
  log_min_messages: 'warning',
};

const DURABLE: Readonly<Record<string, string>> = {
  shared_buffers: '256MB',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
};

/** Nothing survives a crash, and nothing needs to. */
const EPHEMERAL: Readonly<Record<string, string>> = {
  shared_buffers: '64MB',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_wal_size: '1GB',
};

export function settingArguments(ephemeral: boolean): string[] {
  const settings = { ...COMMON, ...(ephemeral ? EPHEMERAL : DURABLE) };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/**
 * Text is UTF-8 and sorts by code point with Unicode case rules, the same on every platform; lists for people ask for
 * an Arabic collation where they need one (`COLLATE "ar-x-icu"`).
 */
export const INITDB_ARGUMENTS: readonly string[] = [
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--auth=scram-sha-256',
  '--data-checksums',
];
