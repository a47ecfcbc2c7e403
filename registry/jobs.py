"""What the register does after the answer: looking an officer up and writing, or not."""

from procrastinate.contrib.django import app

from epk.lib.jobs import FEW_TRIES
from registry import activation
from registry.models import Officer


@app.task(retry=FEW_TRIES)
def send_activation(*, nip: str) -> None:
    """For a NIP that someone typed; nothing where no officer has it or no address is on record."""
    officer = Officer.objects.with_nip(nip).filter(merged_into__isnull=True).first()
    if officer is not None:
        activation.answer_request(officer)
