import {
  AssignTag,
  CaptureTag,
  CaseTag,
  CommentTag,
  type Context,
  ForTag,
  IfTag,
  type Liquid,
  type Parser,
  RawTag,
  type TagToken,
  type Template,
  type TopLevelToken,
  UnlessTag,
} from 'liquidjs'
import { loopRoundsMax } from './state.ts'
import { Markup } from './values.ts'

/** Stands first in a loop's body and counts its rounds; a limit on the collection would refuse `limit: 5` of many. */
const roundGuard = (token: TagToken): Template => ({
  token,
  render: (context: Context) => {
    if (Number(context.getSync(['forloop', 'index'])) > loopRoundsMax) {
      throw new Error('a loop runs more than 1,000 rounds')
    }
  },
})

class BoundedFor extends ForTag {
  constructor(token: TagToken, rest: TopLevelToken[], liquid: Liquid, parser: Parser) {
    super(token, rest, liquid, parser)
    this.templates.unshift(roundGuard(token))
  }
}

/** What is captured in HTML was escaped piece by piece and is kept as markup. */
class HtmlCapture extends CaptureTag {
  override *render(context: Context): Generator<unknown, void, string> {
    context.bottom()[this.variable] = new Markup(
      yield this.liquid.renderer.renderTemplates(this.templates, context),
    )
  }
}

const shared = {
  assign: AssignTag,
  case: CaseTag,
  comment: CommentTag,
  for: BoundedFor,
  if: IfTag,
  raw: RawTag,
  unless: UnlessTag,
}

/** The whole list (email.md §5); a tag that is not here does not exist. */
export const tags = {
  html: { ...shared, capture: HtmlCapture },
  text: { ...shared, capture: CaptureTag },
} as const
