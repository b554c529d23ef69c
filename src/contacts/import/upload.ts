import type { Multipart } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import type { TSchema } from 'typebox'
import { entitledNumber, findAccount } from '../../accounts/index.ts'
import { inAccount } from '../../db/pool.ts'
import { AppError, invalidField } from '../../http/errors.ts'
import { normaliseText } from '../../http/schema-input.ts'
import { toValidationProblem } from '../../http/validation.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { MalformedJson, parseStrictJson } from '../../lib/strict-json.ts'
import { notify } from '../../live/index.ts'
import type { ContactWork } from '../contact.ts'
import { listFieldRows } from '../fields/queries.ts'
import { inAccountRetrying } from '../retry.ts'
import { analyseFile } from './analysis.ts'
import { FormatWish, type Import, type ImportAnalysis, ImportMapping, SettingsWish } from './contract.ts'
import { importPath, removeUpload, type StoredFile, storageKeyOf, storeUpload } from './file-store.ts'
import { applyWish, getImportRecord, type ImportWish, lockOpen, plainFileName, toImport } from './import.ts'
import { insertImport } from './queries.ts'
import { defaultSettings } from './settings.ts'
import { checkRowLimit, startLocked } from './start.ts'

const megabyte = 1_048_576
const jsonPartBytesMax = megabyte

type Upload = {
  readonly id: string
  readonly storageKey: string
  readonly path: string
  file: (StoredFile & { name: string }) | null
  readonly wish: ImportWish
}

const jsonParts: Readonly<Record<string, TSchema>> = {
  format: FormatWish,
  mapping: ImportMapping,
  settings: SettingsWish,
}

const readJsonPart = (request: FastifyRequest, name: string, text: unknown): unknown => {
  const schema = jsonParts[name]
  if (!schema) throw invalidField(`/${name}`, 'unknown_field', 'is no part of this form')
  const value = normaliseText(schema, parseStrictJson(Buffer.from(String(text))))
  const validate = request.compileValidationSchema(schema)
  if (!validate(value)) throw toValidationProblem(validate.errors ?? [])
  return value
}

const readPart = async (
  request: FastifyRequest,
  part: Multipart,
  upload: Upload,
  bytesMax: number,
): Promise<void> => {
  if (part.type === 'field') {
    if (part.valueTruncated) throw new AppError('body_too_large', 413)
    Object.assign(upload.wish, { [part.fieldname]: readJsonPart(request, part.fieldname, part.value) })
    return
  }
  if (part.fieldname !== 'file')
    throw invalidField(`/${part.fieldname}`, 'unknown_field', 'is no part of this form')
  if (upload.file) throw invalidField('/file', 'too_long', 'one file only')
  upload.file = {
    ...(await storeUpload(part.file, upload.path, bytesMax)),
    name: plainFileName(part.filename),
  }
}

/** Faults of the form's own grammar are the sender's. */
const isFormFault = (error: unknown): boolean =>
  error instanceof Error &&
  !(error instanceof AppError || error instanceof MalformedJson) &&
  ('code' in error ? String(error.code).startsWith('FST_') : true) &&
  /form|boundary|multipart|part|limit|header|prototype/i.test(error.message)

const readForm = async (request: FastifyRequest, upload: Upload, bytesMax: number): Promise<void> => {
  const limits = { files: 2, fields: 10, parts: 12, fieldSize: jsonPartBytesMax, fileSize: bytesMax + 1 }
  try {
    for await (const part of request.parts({ limits })) await readPart(request, part, upload, bytesMax)
  } catch (error) {
    if (isFormFault(error)) throw new AppError('bad_request', 400, 'The form could not be read.')
    throw error
  }
}

const analyse = (work: ContactWork, upload: Upload): Promise<ImportAnalysis> =>
  inAccount(work.deps.db, work.actor.accountId, async (trx) => ({
    country: (await findAccount(trx, work.actor.accountId))?.country ?? 'PL',
    fields: await listFieldRows(trx, work.actor.accountId),
  })).then((known) => analyseFile(upload.path, { wish: upload.wish.format ?? {}, ...known }))

const record = (
  work: ContactWork,
  upload: Upload & { file: NonNullable<Upload['file']> },
  analysis: ImportAnalysis,
  start: boolean,
): Promise<Import> =>
  inAccountRetrying(work.deps.db, work.actor.accountId, async (trx) => {
    const { accountId, userId } = work.actor
    await insertImport(trx, accountId, {
      id: upload.id,
      fileName: upload.file.name,
      size: upload.file.size,
      sha256: upload.file.sha256,
      storageKey: upload.storageKey,
      format: analysis.format,
      analysis,
      settings: defaultSettings,
      createdBy: userId,
    })
    const { format: _format, ...wish } = upload.wish
    await applyWish(trx, work, await lockOpen(trx, accountId, upload.id, null), wish)
    if (start) await startLocked(trx, work, await lockOpen(trx, accountId, upload.id, null))
    await notify(trx, accountId, 'import', upload.id)
    return toImport(work.actor, await getImportRecord(trx, accountId, upload.id))
  })

/** Receives a file, reads it once through, and keeps it; whatever is refused leaves neither row nor file. */
export const receiveImport = async (
  work: ContactWork,
  request: FastifyRequest,
  start: boolean,
): Promise<Import> => {
  const id = uuidV7(work.now)
  const storageKey = storageKeyOf(work.actor.accountId, id)
  const path = importPath(work.deps.config.dataDir, storageKey)
  const upload: Upload = { id, storageKey, path, file: null, wish: {} }
  const bytesMax = entitledNumber(work.actor.entitlements, 'limit.import_mb') * megabyte
  try {
    await readForm(request, upload, bytesMax)
    if (!upload.file) throw invalidField('/file', 'required', 'the file is missing')
    const analysis = await analyse(work, upload)
    if (analysis.rows_exact) checkRowLimit(analysis.rows, work.actor.entitlements)
    return await record(work, { ...upload, file: upload.file }, analysis, start)
  } catch (error) {
    await removeUpload(path)
    throw error
  }
}
