import { dieAfterStatements, mortal, senderStatements } from './drill/death.ts'
import { runSenderThread } from './messages/index.ts'
import { closeAdapters } from './providers/index.ts'
import { senderParts } from './sender-parts.ts'

// As src/sender-thread.ts, in a process that dies on order.
dieAfterStatements(senderStatements)
await runSenderThread({ ...mortal(senderParts), closeAdapters })
