import { Stack } from '@mantine/core'
import { OwnSessions } from './own-sessions.tsx'
import { PasswordChange } from './password-change.tsx'
import { ProfileFrame } from './profile-frame.tsx'

export const OwnSignInPage = () => (
  <ProfileFrame>
    <Stack gap="md">
      <PasswordChange />
      <OwnSessions />
    </Stack>
  </ProfileFrame>
)
