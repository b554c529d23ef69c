import { type Algorithm, hash, verify } from '@node-rs/argon2'
import { AppError } from '../../http/errors.ts'

/** Argon2id, 64 MiB, t=3, p=1 (security.md §4.2). */
const parameters = { algorithm: 2 as Algorithm.Argon2id, memoryCost: 65_536, timeCost: 3, parallelism: 1 }
const runningMax = 4
const waitingMax = 64

/** Each run takes 64 MiB: four at once, sixty-four waiting, then the caller is told to come back. */
const makeQueue = () => {
  let running = 0
  const waiting: (() => void)[] = []
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= runningMax) {
      if (waiting.length >= waitingMax) throw new AppError('busy', 503, '', {}, { 'retry-after': '2' })
      await new Promise<void>((resolve) => waiting.push(resolve))
    }
    running += 1
    try {
      return await work()
    } finally {
      running -= 1
      waiting.shift()?.()
    }
  }
}
const queued = makeQueue()

export const hashPassword = (password: string): Promise<string> =>
  queued(() => hash(password.normalize('NFC'), parameters))

/** Whether a stored hash was made with other parameters than today's. */
export const isOutdatedHash = (phc: string): boolean => {
  const { memoryCost, timeCost, parallelism } = parameters
  return !phc.startsWith(`$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$`)
}

let dummy: Promise<string> | null = null
/** A real PHC string with the present parameters, so that an unknown login costs as much as a known one. */
const dummyPhc = (): Promise<string> => {
  dummy ??= hash('no account has this password', parameters)
  return dummy
}

/** Compares; with `phc` null it works just as long and answers false. */
export const verifyPassword = async (phc: string | null, password: string): Promise<boolean> => {
  const target = phc ?? (await dummyPhc())
  const fits = await queued(() => verify(target, password.normalize('NFC')))
  return fits && phc !== null
}

/** Makes the dummy at boot, so that the first unknown login is not slower than the rest. */
export const warmUpPasswords = async (): Promise<void> => {
  await dummyPhc()
}
