import { frame } from './frame.ts'
import { menu } from './menu.ts'
import { problems } from './problems.ts'
import { states } from './states.ts'
import { ui } from './ui.ts'

export const catalogue = { frame, menu, problems, states, ui }
