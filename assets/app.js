// The pages work without this script; it only makes them nicer to use.
import {
  Button,
  Checkboxes,
  createAll,
  ErrorSummary,
  Header,
  NotificationBanner,
  PasswordInput,
  Radios,
  Scroll,
  SkipLink
} from 'nhsuk-frontend'

// The style sheet and createAll both look for these two classes. The design
// system sets them in an inline script, which our content security policy
// forbids; a module runs after parsing, so the body is there.
document.body.classList.add('js-enabled', 'nhsuk-frontend-supported')

for (const Component of [
  Button,
  Checkboxes,
  ErrorSummary,
  Header,
  NotificationBanner,
  PasswordInput,
  Radios,
  Scroll,
  SkipLink
]) {
  createAll(Component)
}
