export {
  type Address,
  canonicalHost,
  type GuardRules,
  makeOutboundGuard,
  type OutboundGuard,
  type OwnSocket,
  smtpPorts,
  TargetError,
  type VettedTarget,
} from './guard.ts'
export { loopbackNetworks } from './networks.ts'
