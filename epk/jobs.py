"""Jobs about the queue itself: work whose worker died is given to another, old work forgotten."""

from typing import Final

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from psycopg.errors import RaiseException

from epk.lib.jobs import forget_ended

MOST_STARTS: Final = 3
"""A job that took its worker with it this often is set aside: failed, to be looked at."""


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="epk.jobs.retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:  # noqa: ARG001
    """Put back what a worker had begun that has not been heard of for half a minute."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        if job.id is not None:
            try:
                await _put_back(manager, job, job.id)
            except ConnectorException as error:
                # Another look at the same time was faster: the job is no longer under way.
                if not isinstance(error.__cause__, RaiseException):
                    raise


async def _put_back(manager: JobManager, job: Job, number: int) -> None:
    if job.attempts + 1 >= MOST_STARTS:
        await manager.finish_job_by_id_async(number, Status.FAILED, delete_job=False)
        return
    try:
        await manager.retry_job(job)
    except UniqueViolation:  # another waits under the same lock, and does the same work
        await manager.finish_job_by_id_async(number, Status.ABORTED, delete_job=True)


@app.periodic(cron="11 19 * * *")
@app.task(queueing_lock="epk.jobs.forget_old")
def forget_old(timestamp: int) -> None:  # noqa: ARG001
    """Once a night, at 2.11 WIB: jobs that failed, were stopped or cancelled a week ago."""
    forget_ended()
