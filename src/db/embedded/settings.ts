import { availableParallelism } from 'node:os'

/** Sized for a small machine; durability (fsync, synchronous_commit, full_page_writes) is stated aloud and on. */
const defaults: Readonly<Record<string, string>> = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '8MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  jit: 'off',
  max_parallel_workers: String(availableParallelism()),
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  // Statements and error texts can carry addresses; the program reports its own errors without them.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
  log_line_prefix: '[%p] ',
}

/** Settings go on the command line: they follow the program's version and nothing in the cluster must be edited. */
export const settingArguments = (port: number, extra: Readonly<Record<string, string>>): string[] =>
  Object.entries({ ...defaults, port: String(port), ...extra }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
