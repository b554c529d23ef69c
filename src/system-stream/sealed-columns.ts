import type { SealedColumn } from '../db/sealed-columns.ts'
import { sealedContent } from './content.ts'
import { sealedSenderKey } from './mail/signing-key.ts'

export const sealedSystemColumns: readonly SealedColumn[] = [sealedContent, sealedSenderKey]
