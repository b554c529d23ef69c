import { Stack } from '@mantine/core'
import { OwnFactors } from './factors/own-factors.tsx'
import { RecoverySection } from './factors/recovery-section.tsx'
import { TrustedDevices } from './factors/trusted-devices.tsx'
import { OwnSessions } from './own-sessions.tsx'
import { PasswordChange } from './password-change.tsx'
import { ProfileFrame } from './profile-frame.tsx'

export const OwnSignInPage = () => (
  <ProfileFrame>
    <Stack gap="md">
      <PasswordChange />
      <OwnFactors />
      <RecoverySection />
      <TrustedDevices />
      <OwnSessions />
    </Stack>
  </ProfileFrame>
)
