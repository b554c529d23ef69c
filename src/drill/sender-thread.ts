import { runSenderThread } from '../messages/index.ts'
import { closeAdapters } from '../providers/index.ts'
import { senderParts } from '../sender-parts.ts'
import { dieAfterStatements, mortal, senderStatements } from './death.ts'

// As src/sender-thread.ts, in a process that dies on order.
dieAfterStatements(senderStatements)
await runSenderThread({ ...mortal(senderParts), closeAdapters })
