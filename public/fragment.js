// The secret of a link stands behind the # of its address: browsers never send it, so it is in no log. It goes into the form only
// when a person presses the button: programs that look through mail open links too.
const form = document.querySelector('form[data-fragment]');
const secret = () => location.hash.slice(1);
const take = () => {
  // A place in this page is no secret: somebody has skipped to the content.
  if (!form || !secret() || document.getElementById(secret())) return;
  form.hidden = false;
  for (const other of document.querySelectorAll('[data-without-fragment]')) other.hidden = true;
};
form?.addEventListener('submit', () => {
  form.elements.secret.value = secret();
  // Neither the history nor a screen that is shown to others keeps it.
  history.replaceState(null, '', location.pathname);
});
// Whoever is here already and puts the link in stays in the same document.
addEventListener('hashchange', take);
take();
// By which clock the times of a visit are told as well.
for (const field of document.querySelectorAll('input[name="zone"]')) {
  field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? '';
}
