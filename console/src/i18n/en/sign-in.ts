export const signIn = {
  title: 'Sign in',
  welcome: 'Welcome back',
  login: 'Login or e-mail',
  password: 'Password',
  submit: 'Sign in',
  failed: 'Sign-in refused',
  'session-ended': 'Your session has ended. Sign in again and you are back where you were.',
  'setup-needed':
    'This installation has not been set up yet. Open the one-time link that the server printed on its terminal.',
  'set-up-done': 'Campanile is set up. Sign in as the owner of your account.',
  'show-password': 'Show the password',
  'hide-password': 'Hide the password',
  tagline: 'Every message accounted for.',
  'tagline-more':
    'Write to your people by e-mail from your own server, and see what happened to every single message.',
} as const
