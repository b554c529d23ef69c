import Type, { type Static } from 'typebox'
import {
  Count,
  Empty,
  Id,
  IdParams,
  Nullable,
  Obj,
  OneOf,
  Page,
  PartialObj,
  pageQuery,
  route,
  Timestamp,
} from '../../http/contract.ts'
import {
  Binding,
  FormatWish,
  ImportAnalysis,
  ImportFormat,
  ImportMapping,
  ImportSettings,
  SettingsWish,
} from './shapes/contract.ts'

export * from './shapes/contract.ts'

export const ImportCounts = Obj({
  rows: Count,
  done: Count,
  inserted: Count,
  updated: Count,
  unchanged: Count,
  group_only: Count,
  skipped: Count,
  rejected: Count,
  by_code: Type.Record(Type.String(), Count),
})
export type ImportCounts = Static<typeof ImportCounts>

export const ImportState = OneOf([
  'analysed',
  'pending',
  'in_progress',
  'paused',
  'completed',
  'failed',
  'canceled',
])

export const Import = Obj({
  id: Id,
  state: ImportState,
  file_name: Type.String(),
  size: Count,
  sha256: Type.String(),
  format: ImportFormat,
  analysis: Nullable(ImportAnalysis),
  mapping: Nullable(Type.Array(Binding)),
  settings: ImportSettings,
  counts: ImportCounts,
  operation_id: Nullable(Id),
  approval_id: Type.Null(),
  error_code: Nullable(Type.String()),
  created_by: Nullable(Obj({ id: Id, name: Type.String() })),
  created_at: Timestamp,
  started_at: Nullable(Timestamp),
  finished_at: Nullable(Timestamp),
  undo_until: Type.Null(),
  version: Type.Integer(),
})
export type Import = Static<typeof Import>

/** Answer of the upload's parts: `file`, `format?`; with `?start=true` also `mapping` and `settings` (JSON text). */
export const createImport = route({
  method: 'POST',
  path: '/imports',
  summary: 'Upload a file of contacts; it is analysed at once',
  tag: 'Import',
  access: 'contacts.import.run',
  multipart: true,
  bodyBytesMax: 4 * 1024 ** 3,
  query: Obj({ start: Type.Optional(Type.Boolean()) }),
  records: { whenChanged: ['import.started'] },
  reply: { 201: Import, 202: Import },
  problems: [
    'import_empty',
    'import_unreadable',
    'file_too_large',
    'field_bound_twice',
    'key_required',
    'too_many_rows',
  ],
})
export const listImports = route({
  method: 'GET',
  path: '/imports',
  summary: 'Imports, newest first',
  tag: 'Import',
  access: 'contacts.import.view',
  query: Obj({ ...pageQuery, state: Type.Optional(ImportState) }),
  reply: { 200: Page(Import) },
})
export const getImport = route({
  method: 'GET',
  path: '/imports/{id}',
  summary: 'One import with its counts',
  tag: 'Import',
  access: 'contacts.import.view',
  params: IdParams,
  reply: { 200: Import },
})
export const getAnalysis = route({
  method: 'GET',
  path: '/imports/{id}/analysis',
  summary: 'What was found in the file',
  tag: 'Import',
  access: 'contacts.import.view',
  params: IdParams,
  reply: { 200: ImportAnalysis },
})
export const analyseAgain = route({
  method: 'POST',
  path: '/imports/{id}/analysis',
  summary: 'Read the file again with another format',
  tag: 'Import',
  access: 'contacts.import.run',
  params: IdParams,
  body: Obj({ format: Type.Optional(FormatWish) }),
  records: { nothing: 'a file that waits; its import is recorded when it starts' },
  reply: { 200: ImportAnalysis },
  problems: ['import_empty', 'import_unreadable', 'file_expired'],
})
export const changeImport = route({
  method: 'PATCH',
  path: '/imports/{id}',
  summary: 'Choose format, mapping and settings',
  tag: 'Import',
  access: 'contacts.import.run',
  ifMatch: 'optional',
  params: IdParams,
  body: PartialObj({ format: FormatWish, mapping: ImportMapping, settings: SettingsWish }),
  records: { nothing: 'a file that waits; its import is recorded when it starts' },
  reply: { 200: Import },
  problems: ['field_bound_twice', 'key_required', 'operation_finished', 'file_expired'],
})
const act = {
  method: 'POST',
  tag: 'Import',
  access: 'contacts.import.run',
  params: IdParams,
  body: Empty,
  problems: ['operation_finished'],
} as const
export const startImport = route({
  ...act,
  path: '/imports/{id}/start',
  summary: 'Start the import',
  records: ['import.started'],
  reply: { 202: Import },
  problems: [
    'operation_finished',
    'key_required',
    'too_many_rows',
    'file_expired',
    'group_in_use',
    'name_taken',
  ],
})
export const pauseImport = route({
  ...act,
  path: '/imports/{id}/pause',
  summary: 'Pause after the chunk at work',
  records: { nothing: 'the import goes on or is canceled, and that is recorded' },
  reply: { 200: Import },
})
export const resumeImport = route({
  ...act,
  path: '/imports/{id}/resume',
  summary: 'Go on from the last chunk',
  records: { nothing: 'the import began before, and that is recorded' },
  reply: { 200: Import },
})
export const cancelImport = route({
  ...act,
  path: '/imports/{id}/cancel',
  summary: 'Stop the import; whole chunks that were written stay',
  records: ['import.canceled'],
  reply: { 200: Import },
})

const RowResult = OneOf(['inserted', 'updated', 'unchanged', 'group_only', 'skipped', 'rejected'])
export const ImportRow = Obj({
  line: Type.Integer({ description: 'Line of the file in which the row begins, header included, from 1' }),
  result: RowResult,
  code: Nullable(Type.String()),
  field: Nullable(Type.String()),
  contact_id: Nullable(Id),
})
export type ImportRow = Static<typeof ImportRow>

export const listImportRows = route({
  method: 'GET',
  path: '/imports/{id}/rows',
  summary: 'The result of every row',
  tag: 'Import',
  access: 'contacts.import.view',
  params: IdParams,
  query: Obj({
    ...pageQuery,
    result: Type.Optional(RowResult),
    code: Type.Optional(Type.String({ maxLength: 50 })),
  }),
  reply: { 200: Page(ImportRow) },
})
export const getImportReport = route({
  method: 'GET',
  path: '/imports/{id}/report.csv',
  summary: 'The result of every row as a file; `result=rejected` holds the original columns and the reason',
  tag: 'Import',
  access: 'contacts.import.view',
  params: IdParams,
  query: Obj({ result: Type.Optional(OneOf(['rejected'])) }),
  replyType: 'text/csv',
  reply: { 200: Type.String() },
  problems: ['file_expired'],
})
