import { randomUUID } from 'node:crypto'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { type AppParts, buildApp } from './app.ts'
import type { Config, ListenAt } from './config.ts'
import { buildContentApp } from './content-app.ts'
import { openDatabase } from './db/open.ts'
import { connectPool, openDb } from './db/pool.ts'
import type { Deps } from './http/deps.ts'
import { makeLog } from './http/log.ts'
import { acceptProxyProtocol } from './http/proxy-protocol.ts'
import { answerOnTheWire, socketOptions } from './http/wire.ts'
import { startReturnDoor } from './inbound/index.ts'
import { beatNode, forgetNode, preparePartitions, sweepAndTell, switchClock } from './instance/index.ts'
import { serveMetrics } from './instance/metrics.ts'
import { checkInstance } from './instance-guard/index.ts'
import { migrateJobs, startJobs } from './jobs/index.ts'
import { systemClock } from './lib/clock.ts'
import { openKeyRing } from './lib/secrets.ts'
import { openHub } from './live/index.ts'
import { replayJournals, startSenderThreads } from './messages/index.ts'
import { closeAdapters } from './providers/index.ts'
import { ensureInstanceAccount, makeSetupLink, warmUpPasswords } from './security/index.ts'
import { senderParts } from './sender-parts.ts'
import { startSimulatorDoor } from './simulator/index.ts'
import { checkDatabase, checkRoutes } from './start-checks.ts'
import { announceSystemSender, closeSystemRelay } from './system-stream/index.ts'
import { loadClock } from './test-support/clock.ts'
import { jobs, runDue } from './worker.ts'

const sweepMs = 1_000
const guardMs = 60_000
/** Journals of other processes of this machine, which may not come back themselves. */
const replayMs = 10_000
const stopMsMax = 15_000

/** What was started, in order; stopped in reverse. */
type Closers = (() => Promise<unknown>)[]

const repeat = (everyMs: number, deps: Deps, act: () => Promise<void>): (() => Promise<void>) => {
  let timer: NodeJS.Timeout | null = null
  let running: Promise<void> = Promise.resolve()
  let stopped = false
  const tick = () => {
    running = act()
      .catch((error: unknown) => deps.log.warn({ err: error }, 'sweep failed, tried again'))
      .finally(() => {
        if (!stopped) timer = setTimeout(tick, everyMs)
      })
  }
  tick()
  return async () => {
    stopped = true
    if (timer) clearTimeout(timer)
    await running
  }
}

const listen = async (app: FastifyInstance, at: ListenAt, variable: string): Promise<void> => {
  try {
    await app.listen({ host: at.host, port: at.port })
  } catch (cause) {
    if ((cause as { code?: string }).code === 'EADDRINUSE') {
      throw new Error(`${variable}: port ${at.port} is taken by another program`, { cause })
    }
    throw cause
  }
}

/** `localhost` may mean either family: on the IPv4 loopback the IPv6 one answers too, where the machine has it. */
const listenAlsoOnIpv6 = (app: FastifyInstance, config: Config, at: ListenAt): Promise<Server | null> =>
  new Promise((resolve) => {
    if (at.host !== '127.0.0.1') return resolve(null)
    const answer: RequestListener = (request, response) => app.routing(request, response)
    const second = createServer(socketOptions, answer)
    acceptProxyProtocol(second, app.proxies)
    answerOnTheWire(second, config, answer)
    second.once('error', () => resolve(null))
    second.listen(at.port, '::1', () => resolve(second))
  })

type WebParts = Omit<AppParts, 'content'>

/** One socket for each origin on loopback; behind one address both share it, told apart by `Host`. */
const startWeb = async (parts: WebParts, closers: Closers): Promise<void> => {
  const { config } = parts.deps
  const content = buildContentApp(parts.deps)
  await content.ready()
  const app = buildApp(config.contentListen ? parts : { ...parts, content })
  await app.ready()
  checkRoutes(app)
  await listen(app, config.listen, 'LISTEN_PORT')
  closers.push(() => app.close())
  const sockets = [await listenAlsoOnIpv6(app, config, config.listen)]
  if (config.contentListen) {
    await listen(content, config.contentListen, 'CONTENT_URL')
    sockets.push(await listenAlsoOnIpv6(content, config, config.contentListen))
  }
  closers.push(() => content.close())
  for (const socket of sockets) {
    if (socket) closers.push(() => new Promise((resolve) => socket.close(resolve)))
  }
}

const waitForStop = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve(signal))
  })

const stopAll = async (closers: Closers): Promise<void> => {
  const deadline = setTimeout(() => process.exit(1), stopMsMax)
  for (const close of closers.toReversed()) await close().catch(() => {})
  clearTimeout(deadline)
}

const start = async (
  config: Config,
  say: (line: string) => void,
  closers: Closers,
  stop: AbortController,
  options: ServeOptions,
): Promise<Started> => {
  const log = makeLog(config)
  const database = await openDatabase(config, say)
  closers.push(database.close)
  await switchClock(database.urls.owner, config.testSupport)
  const pool = connectPool(database.urls.app, { max: 20, name: 'campanile' })
  const jobsPool = connectPool(database.urls.jobs, { max: 8, name: 'campanile-jobs' })
  closers.push(
    () => jobsPool.end(),
    () => pool.end(),
  )
  const clock = systemClock()
  const deps: Deps = {
    config,
    db: openDb(pool),
    clock,
    keys: openKeyRing(config.secretKeys),
    log,
    stopping: stop.signal,
  }
  await checkDatabase(deps.db, database.urls)
  if (config.testSupport) await loadClock(deps)
  await migrateJobs(deps, jobsPool)
  await preparePartitions(deps)
  await ensureInstanceAccount(deps)
  await announceSystemSender(deps)
  await warmUpPasswords()
  const hub = openHub(database.urls.app, log)
  closers.push(() => hub.close())
  // Looked at once before anything may be sent.
  await checkInstance(deps)
  closers.push(repeat(guardMs, deps, async () => void (await checkInstance(deps))))
  const nodeId = randomUUID()
  if (config.testSupport) {
    hub.onClock(
      () =>
        void loadClock(deps)
          .then(() => beatNode(deps, nodeId))
          .catch(() => {}),
    )
  }
  let ready = false
  const isReady = () => ready
  closers.push(
    repeat(5_000, deps, () => beatNode(deps, nodeId)),
    () => forgetNode(deps, nodeId),
  )
  const owner = connectPool(database.urls.owner, { max: 2, name: 'campanile-test-support' })
  closers.push(() => owner.end())
  const due = () => sweepAndTell(deps, nodeId, () => runDue(deps))
  // Before recovery, which knows nothing of journals, may judge what a sender left here.
  const replay = () => replayJournals(deps, senderParts)
  await replay()
  closers.push(repeat(replayMs, deps, replay))
  if (config.roles.includes('worker')) {
    closers.push(repeat(sweepMs, deps, due))
    const runner = await startJobs(deps, jobsPool, jobs)
    closers.push(
      () => closeSystemRelay(deps),
      () => runner.stop(),
    )
  }
  if (config.roles.includes('sender')) {
    const sender = startSenderThreads(deps, {
      ...senderParts,
      nodeId,
      hub,
      databaseUrl: database.urls.app,
      program: options.senderProgram ?? new URL('./sender-thread.ts', import.meta.url),
      count: config.senderThreads,
    })
    closers.push(
      () => closeAdapters(deps),
      () => sender.close(),
    )
  }
  if (config.roles.includes('web') && config.simulatorSmtpListen) {
    const door = await startSimulatorDoor(deps)
    if (door) closers.push(() => door.close())
  }
  if (config.roles.includes('web') && config.bounceSmtpListen) {
    const returns = await startReturnDoor(deps)
    if (returns) closers.push(() => returns.close())
  }
  if (config.roles.includes('web')) {
    const testSupport = config.testSupport ? { owner, runDue: due } : null
    await startWeb({ deps, hub, isReady, testSupport }, closers)
  }
  if (config.metricsListen) closers.push(await serveMetrics(deps, config.metricsListen, isReady))
  // Before anybody is told that we are ready: whoever asks first must find everything as it will be.
  const setupLink = config.roles.includes('web') ? await makeSetupLink(deps) : null
  ready = true
  return { deps, setupLink }
}

/** `senderProgram`: another beginning of the sender threads. */
export type ServeOptions = { readonly senderProgram?: URL }

type Started = { readonly deps: Deps; readonly setupLink: string | null }

const greet = ({ deps, setupLink }: Started, say: (line: string) => void): void => {
  const web = deps.config.roles.includes('web')
  say(web ? `\nCampanile is ready at ${deps.config.publicUrl}` : 'Campanile is running.')
  if (setupLink) say(`Set it up with this link, valid for 60 minutes and once:\n\n  ${setupLink}\n`)
}

/** Runs the roles of this process until a signal; answers the exit code. */
export const runServe = async (
  config: Config,
  say: (line: string) => void,
  options: ServeOptions = {},
): Promise<number> => {
  const closers: Closers = []
  const stop = new AbortController()
  // Listened to from the first moment: a stop during the start closes what has been opened so far.
  const stopped = waitForStop()
  try {
    const starting = start(config, say, closers, stop, options)
    const early = await Promise.race([starting.then(() => null), stopped])
    if (early === null) greet(await starting, say)
    else await starting.catch(() => {})
    say(`Stopping (${await stopped}) …`)
  } finally {
    stop.abort()
    await stopAll(closers)
  }
  return 0
}
