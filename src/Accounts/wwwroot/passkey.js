// Asks the browser for a passkey and sends its answer with the form around the button. Without it the page works by codes and PIN alone.
(() => {
  const bytes = text => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), letter => letter.charCodeAt(0));
  const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  const known = list => (list ?? []).map(one => ({ ...one, id: bytes(one.id) }));

  // By hand and not by toJSON and parse…FromJSON, which phones of 2024 do not have yet.
  const create = options => navigator.credentials.create({ publicKey: { ...options, challenge: bytes(options.challenge), user: { ...options.user, id: bytes(options.user.id) }, excludeCredentials: known(options.excludeCredentials) } });
  const get = options => navigator.credentials.get({ publicKey: { ...options, challenge: bytes(options.challenge), allowCredentials: known(options.allowCredentials) } });

  const answerOf = ({ id, rawId, type, response, authenticatorAttachment, getClientExtensionResults }, credential) => JSON.stringify({
    id, rawId: text(rawId), type, authenticatorAttachment: authenticatorAttachment ?? undefined, clientExtensionResults: getClientExtensionResults.call(credential),
    response: {
      clientDataJSON: text(response.clientDataJSON),
      attestationObject: response.attestationObject && text(response.attestationObject),
      transports: response.getTransports?.(),
      authenticatorData: response.authenticatorData && !response.attestationObject ? text(response.authenticatorData) : undefined,
      signature: response.signature && text(response.signature),
      userHandle: response.userHandle ? text(response.userHandle) : undefined,
    },
  });

  for (const button of document.querySelectorAll('button[data-passkey]')) {
    const form = button.closest('form');
    const said = form.querySelector('[data-passkey-failed]');
    if (!window.PublicKeyCredential) {
      form.querySelector('[data-passkey-missing]')?.removeAttribute('hidden');
      continue;
    }

    button.hidden = false;
    button.addEventListener('click', async () => {
      if (!form.reportValidity()) return;
      button.disabled = true;
      said.hidden = true;
      try {
        const options = JSON.parse(button.dataset.options);
        const credential = button.dataset.passkey === 'create' ? await create(options) : await get(options);
        form.elements['Input.Answer'].value = answerOf(credential, credential);
        form.requestSubmit();
      } catch {
        // Cancelled, timed out, or the device has no such passkey.
        said.hidden = false;
        button.disabled = false;
      }
    });
  }
})();
