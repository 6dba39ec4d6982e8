import { html, htmlPage } from '@cenopie/platform-runtime'

export function newPasswordForm(): string {
  return htmlPage(
    'Choose a new password',
    html`<p>Afterwards every device that is signed in to your account has to sign in again.</p>
      <form method="post">
        <label for="password">New password</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="new-password"
          minlength="10"
          maxlength="128"
          aria-describedby="length"
          required
        />
        <p id="length" class="small">At least 10 characters; a few words of your own are best.</p>
        <button>Set the new password</button>
      </form>`,
  )
}

export function passwordSet(): string {
  return htmlPage(
    'Your new password is set',
    html`<p>Sign in with it from now on. You can close this page.</p>`,
  )
}
