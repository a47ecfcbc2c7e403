// Passkeys: joins the forms marked with data-passkey to the library's functions.
// Without this script the forms stay hidden or say what else to use.
(() => {
  const form = document.querySelector("form[data-passkey]");
  const api = window.allauth && window.allauth.webauthn;
  if (!form || !api || !window.PublicKeyCredential) return;
  const kind = form.dataset.passkey;
  const credential = form.querySelector("input[name=credential]");
  const passwordless = form.querySelector("input[name=passwordless]");
  const ids = {
    [kind]: "passkey_button",
    credential: credential.id,
    passwordless: passwordless ? passwordless.id : "",
    data: "passkey_data",
  };
  form.hidden = false;
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    form.querySelector("[data-passkey-error]").hidden = false;
  });
  api.forms[`${kind}Form`]({ ids });
})();
