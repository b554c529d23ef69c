import { type AddressInfo, createServer } from 'node:net'
import { sql } from 'kysely'
import { SMTPServer } from 'smtp-server'
import { afterAll, afterEach } from 'vitest'
import { type Records, startNameServer } from '../../channels/email/mx/test/name-server.ts'
import { inAccount } from '../../db/pool.ts'
import { drainChunk, type Engine } from '../../messages/engine/drain.ts'
import { password, startTestApp } from '../../test/app.ts'
import { makeRun, plainSource, planRun } from '../../test/run.ts'
import { closeAdapters, resolveRoutes } from '../index.ts'
import { writeFigures } from '../shaping/figures.ts'

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })

/** What a receiver says to a recipient; undefined = welcome. */
type Say = (recipient: string) => { code: number; text: string } | undefined

/** The program with a name service and receivers of its own, all on loopback. */
export const startReceivers = async () => {
  const zone: Record<string, Records> = {}
  const names = await startNameServer(zone)
  const port = await freePort()
  const app = await startTestApp({ env: { DNS_RESOLVERS: names.at, MX_PORT: String(port) } })
  const closers: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const close of closers.splice(0).toReversed()) await close()
  })
  afterAll(async () => {
    await closeAdapters(app.deps)
    await names.close()
  })

  /** A server that takes mail at an address; also a relay when asked for a port of its own. */
  const receiver = async (address: string, say: Say = () => undefined, at = port) => {
    const taken: string[] = []
    const server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      logger: false,
      closeTimeout: 50,
      disableReverseLookup: true,
      onRcptTo({ address: recipient }, _session, done) {
        const said = say(recipient)
        done(said ? Object.assign(new Error(said.text), { responseCode: said.code }) : null)
      },
      onData(stream, session, done) {
        stream.resume()
        stream.on('end', () => {
          taken.push(session.envelope.rcptTo[0]?.address ?? '')
          done()
        })
      },
    })
    server.on('error', () => {})
    await new Promise<void>((resolve) => server.listen(at, address, resolve))
    closers.push(() => new Promise<void>((resolve) => server.close(() => resolve())))
    return { taken, port: (server.server.address() as AddressInfo).port }
  }

  const engine: Engine = {
    deps: app.deps,
    nodeId: '00000000-0000-7000-8000-00000000bbbb',
    sources: { campaign: plainSource },
    resolveRoutes,
    signal: new AbortController().signal,
    closedGates: new Set(),
  }
  const drain = async (sourceId: string): Promise<void> => {
    while (await drainChunk(engine, { accountId: app.accountId, sourceId, kind: 'campaign' }));
    await writeFigures(app.deps)
  }
  const send = async (addresses: readonly string[]): Promise<string> => {
    const id = await makeRun(app, addresses)
    await planRun(app, id)
    await drain(id)
    return id
  }
  /** What waits of a run, by receiving domain. */
  const waiting = (sourceId: string) =>
    inAccount(app.db, app.accountId, async (trx) => {
      const { rows } = await sql<{
        domain: string
        withheld: string | null
        seconds: number
        address: string
      }>`
        select q.domain, q.withheld, extract(epoch from q.due_at - app_now())::int as seconds, m.address
        from message_queue q join messages m on m.account_id = q.account_id and m.message_id = q.message_id
        where q.account_id = ${app.accountId} and q.source_id = ${sourceId} order by q.due_at`.execute(trx)
      return rows
    })
  const providerOf = (sourceId: string) =>
    inAccount(app.db, app.accountId, async (trx) => {
      const rows = await trx
        .selectFrom('messages')
        .select(['address', 'provider_id', 'state', 'attempts'])
        .where('account_id', '=', app.accountId)
        .where('source_id', '=', sourceId)
        .execute()
      return new Map(rows.map((row) => [row.address ?? '', row]))
    })
  /** The only way of e-mail from now on. */
  const leadTo = async (body: object): Promise<string> => {
    const made = await app.owner.post('/sending/providers', {
      channel: 'email',
      name: `P ${Math.random()}`,
      ...body,
    })
    const { data } = (await app.owner.get('/sending/routes')).body
    const main = data.find((route: { receiving_domain: string | null }) => route.receiving_domain === null)
    await app.owner.patch(`/sending/routes/${main.id}`, { providers: [{ provider_id: made.body.id }] })
    return made.body.id
  }
  /** Moves the clock; whoever was signed in comes in again. */
  const advance = async (seconds: number): Promise<void> => {
    await app.advance(seconds)
    for (const [client, login] of [
      [app.owner, 'owner@acme.test'],
      [app.other, 'owner@other.test'],
    ] as const) {
      const answer = await client.post('/sign-in', { login, password })
      if (answer.status !== 200) throw new Error(`sign-in failed: ${answer.raw}`)
    }
  }
  return { app, advance, zone, port, receiver, drain, send, waiting, providerOf, leadTo }
}

let people = 0
/** Addresses nobody else has. */
export const peopleAt = (domain: string, count: number): string[] =>
  Array.from({ length: count }, () => {
    people += 1
    return `p${people}@${domain}`
  })
