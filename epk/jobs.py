"""Jobs about the queue itself: work whose worker died is given to another."""

from typing import Final

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

MOST_STARTS: Final = 3
"""A job that took its worker with it this often is set aside: failed, to be looked at."""


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="epk.jobs.retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:  # noqa: ARG001
    """Put back what a worker had begun that has not been heard of for half a minute."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        if job.id is None:
            continue
        if job.attempts + 1 < MOST_STARTS:
            try:
                await manager.retry_job(job)
            except UniqueViolation:  # another waits under the same lock, and does the same work
                await manager.finish_job_by_id_async(job.id, Status.ABORTED, delete_job=True)
        else:
            await manager.finish_job_by_id_async(job.id, Status.FAILED, delete_job=False)
