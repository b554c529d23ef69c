import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

// Sign-ins at a steady rate against the program as it ships, then all at once:
// `script/bench sign-in-load [--rate 20] [--seconds 15] [--burst 150]`.
const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '15' },
    burst: { type: 'string', default: '150' },
  },
})
const rate = Number(values.rate)
const total = rate * Number(values.seconds)
const password = 'correct horse battery staple'
const peopleCount = 40

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })

const port = await freePort()
const url = `http://localhost:${port}`
const folder = mkdtempSync(join(tmpdir(), 'campanile-bench-'))
const program = spawn(
  process.execPath,
  [fileURLToPath(new URL('../src/main.ts', import.meta.url)), 'serve'],
  {
    env: {
      ...process.env,
      LISTEN_PORT: String(port),
      CONTENT_URL: `http://localhost:${await freePort()}`,
      SIMULATOR_SMTP_LISTEN: `127.0.0.1:${await freePort()}`,
      DATA_DIR: folder,
      LOG_LEVEL: 'error',
      CAMPANILE_TEST_SUPPORT: '1',
      TRUSTED_PROXIES: '127.0.0.0/8',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  },
)

const post = (path: string, body: object, address = '203.0.113.1'): Promise<Response> =>
  fetch(url + path, {
    method: 'POST',
    headers: {
      origin: url,
      'x-campanile-request': '1',
      'content-type': 'application/json',
      'x-forwarded-for': address,
    },
    body: JSON.stringify(body),
  })

const isReady = (): Promise<boolean> =>
  fetch(`${url}/api/v1/health`).then(
    ({ ok }) => ok,
    () => false,
  )
for (let tries = 0; tries < 600 && !(await isReady()); tries += 1) await pause(100)

const loginOf = (n: number): string => `person${n % peopleCount}@example.com`
const users = Array.from({ length: peopleCount }, (_, n) => ({
  email: loginOf(n),
  password,
  roles: ['owner'],
}))
const seeded = await post('/test/seed', { reset: true, accounts: [{ name: 'Bench', users }] })
if (!seeded.ok) throw new Error(await seeded.text())

type Answer = { readonly status: number; readonly ms: number }
const signIn = async (n: number): Promise<Answer> => {
  const begun = performance.now()
  const address = `198.${18 + ((n >> 16) & 1)}.${(n >> 8) & 255}.${n & 255}`
  const answer = await post('/api/v1/sign-in', { login: loginOf(n), password }, address)
  await answer.arrayBuffer()
  return { status: answer.status, ms: performance.now() - begun }
}

const tell = (what: string, answers: readonly Answer[]): void => {
  const right = answers.filter(({ status }) => status === 200).map(({ ms }) => ms)
  const sorted = right.toSorted((a, b) => a - b)
  const at = (share: number): string => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(0)
  const others = answers.filter(({ status }) => status !== 200).map(({ status }) => status)
  const counts = [...new Set(others)].map(
    (status) => `${others.filter((one) => one === status).length} × ${status}`,
  )
  process.stdout.write(
    `${what.padEnd(34)} ${right.length} in, median ${at(0.5)} ms, p95 ${at(0.95)} ms; others: ${counts.join(', ') || 'none'}\n`,
  )
}

for (let n = 0; n < 10; n += 1) await signIn(n)
const steady: Promise<Answer>[] = []
for (let n = 0; n < total; n += 1) {
  steady.push(signIn(100 + n))
  await pause(1000 / rate)
}
tell(`${rate} sign-ins a second`, await Promise.all(steady))
tell(
  `${values.burst} at once`,
  await Promise.all(Array.from({ length: Number(values.burst) }, (_, n) => signIn(5_000 + n))),
)

program.kill('SIGTERM')
await new Promise((resolve) => program.once('exit', resolve))
await rm(folder, { recursive: true, force: true })
