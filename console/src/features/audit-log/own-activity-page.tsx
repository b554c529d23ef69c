import { ProfileFrame } from '../profile/profile-frame.tsx'
import { OwnActivity } from './activity.tsx'

export const OwnActivityPage = () => (
  <ProfileFrame>
    <OwnActivity />
  </ProfileFrame>
)
