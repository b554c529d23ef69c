import type { Deps } from '../../http/deps.ts'
import { AppError } from '../../http/errors.ts'
import { isUuid } from '../../lib/ids.ts'
import { isGenuine } from '../checkpoints/signing.ts'
import type { Checkpoint, Verdict } from '../contract.ts'
import { listDueAccounts } from '../queries.ts'
import { verifyChain } from './verify.ts'

const isCheckpoint = (value: unknown): value is Checkpoint => {
  const one = value as Partial<Checkpoint> | null
  return (
    typeof one === 'object' &&
    one !== null &&
    typeof one.account_id === 'string' &&
    isUuid(one.account_id) &&
    Number.isSafeInteger(one.seq) &&
    typeof one.hash === 'string' &&
    Number.isSafeInteger(one.count) &&
    typeof one.at === 'string' &&
    typeof one.key_id === 'string' &&
    typeof one.signature === 'string'
  )
}

const parseLine = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

/** Lines of a checkpoint file that say nothing, or whose signature is not ours, are faults themselves. */
export const readCheckpointFile = (
  deps: Deps,
  text: string,
): { readonly genuine: readonly Checkpoint[]; readonly faults: readonly string[] } => {
  const genuine: Checkpoint[] = []
  const faults: string[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const one = parseLine(line)
    if (!isCheckpoint(one)) faults.push(`line ${index + 1} of the file is no checkpoint`)
    else if (!isGenuine(deps.config, one))
      faults.push(`line ${index + 1} of the file: the signature does not fit`)
    else genuine.push(one)
  }
  return { genuine, faults }
}

const sentence = (accountId: string, verdict: Verdict): string => {
  const seen = `${verdict.checked} records, ${verdict.checkpoints_checked} checkpoints`
  return verdict.ok
    ? `${accountId}: unbroken (${seen})`
    : `${accountId}: BROKEN at record ${verdict.first_bad_seq}: ${verdict.kind} (${seen} before it)`
}

const lost: Verdict = {
  ok: false,
  checked: 0,
  head_seq: 0,
  first_bad_seq: 1,
  kind: 'truncated',
  checkpoints_checked: 0,
}

/** An account that only its checkpoints remember was lost as a whole. */
const verdictOf = async (deps: Deps, accountId: string, kept: readonly Checkpoint[]): Promise<Verdict> => {
  try {
    return await verifyChain(deps, accountId, {}, kept)
  } catch (error) {
    if (error instanceof AppError && error.status === 404 && kept.length > 0) return lost
    throw error
  }
}

/** Walks the chains of all accounts, or of one; true when every one is whole. */
export const reportChains = async (
  deps: Deps,
  given: { readonly accountId: string | null; readonly checkpoints: string | null },
  say: (line: string) => void,
): Promise<boolean> => {
  const { genuine, faults } = readCheckpointFile(deps, given.checkpoints ?? '')
  for (const fault of faults) say(`checkpoint_mismatch: ${fault}`)
  const known = await listDueAccounts(deps.db, 'accounts')
  const all = [...new Set([...known, ...genuine.map((one) => one.account_id)])]
  const wanted = given.accountId ? [given.accountId] : all
  let whole = faults.length === 0
  for (const accountId of wanted) {
    const kept = genuine.filter((one) => one.account_id === accountId)
    const verdict = await verdictOf(deps, accountId, kept)
    say(sentence(accountId, verdict))
    whole &&= verdict.ok
  }
  return whole
}
