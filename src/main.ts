#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { runAuditVerify } from './audit-verify.ts'
import { runBreakGlass } from './break-glass.ts'
import { ConfigError, readConfig } from './config.ts'
import { rolesSql } from './db/roles.ts'
import { runDrillKill9 } from './drill/command.ts'
import { runInstanceConfirm } from './instance-confirm.ts'
import { runKeysRotate } from './keys-rotate.ts'
import { runServe } from './serve.ts'

const usage = `campanile serve [--role web,worker,sender]
campanile database roles    prints the SQL an administrator runs once on an outside server
campanile keys rotate       seals everything anew with the first key of SECRET_KEYS
campanile break-glass --login <login> --address <address> --hours <1-24> --reason <text>
                            lets one user in from one address, onto security pages only
campanile instance confirm --original|--copy
                            says what an installation is that is held as a copy
campanile audit verify [--account <id>] [--checkpoints <file>] [--export <file>]
                            checks that nobody changed the application log, or a file exported from it
campanile drill kill9 [--messages 10000] [--rounds 0]
                            kills a sender at every step and at moments of chance, in a database of its own, and counts
                            what was lost, doubled and uncertain
`

const commands = [
  'serve',
  'database roles',
  'keys rotate',
  'break-glass',
  'instance confirm',
  'audit verify',
  'drill kill9',
]

// A closed pipe (`campanile serve | head`) is the reader's choice, not a fault of ours.
process.stdout.on('error', () => {})

const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

const main = async (): Promise<number> => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      role: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
      login: { type: 'string' },
      address: { type: 'string' },
      hours: { type: 'string' },
      reason: { type: 'string' },
      account: { type: 'string' },
      checkpoints: { type: 'string' },
      export: { type: 'string' },
      messages: { type: 'string' },
      rounds: { type: 'string' },
      original: { type: 'boolean' },
      copy: { type: 'boolean' },
    },
  })
  const command = positionals.join(' ')
  if (values.help || !commands.includes(command)) {
    say(usage)
    return values.help ? 0 : 2
  }
  // Before the environment is read: a drill has nothing to do with this installation.
  if (command === 'drill kill9') return runDrillKill9(values, say)
  const config = readConfig(process.env, values.role)
  if (command === 'database roles') {
    if (!config.databaseUrl) throw new ConfigError('DATABASE_URL', 'names the outside server this SQL is for')
    say(rolesSql(config.databaseUrl))
    return 0
  }
  if (command === 'keys rotate') return runKeysRotate(config, say)
  if (command === 'break-glass') {
    const { login, address, hours, reason } = values
    return runBreakGlass(config, { login, address, hours, reason }, say)
  }
  if (command === 'instance confirm') {
    const { original = false, copy = false } = values
    return runInstanceConfirm(config, { original, copy }, say)
  }
  if (command === 'audit verify') {
    const { account, checkpoints, export: exported } = values
    return runAuditVerify(config, { account, checkpoints, export: exported }, say)
  }
  return runServe(config, say)
}

try {
  process.exitCode = await main()
} catch (error) {
  const expected = error instanceof ConfigError || (error instanceof Error && 'userMessage' in error)
  process.stderr.write(`${expected || !(error instanceof Error) ? error : error.message || error.stack}\n`)
  process.exitCode = 1
}
