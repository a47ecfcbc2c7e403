"""What the news board stores: texts in versions, what hangs on them, and who is asked to read."""

from news.models.article import Article, ArticleFile, ArticleVersion, Category, PreviewLink
from news.models.attendance import Attendance, Certificate, CertificateYear, Evaluation
from news.models.circular import Circular, CircularFile, CircularVersion, Reader
from news.models.comment import LONGEST_COMMENT, Comment, CommentReport
from news.models.event import Event, Registration, Session, SessionFile, Speaker
from news.models.link import BrokenLink
from news.models.media import WIDTHS, File, Picture
from news.models.text import LONGEST_SOURCE, Version

__all__ = [
    "LONGEST_COMMENT",
    "LONGEST_SOURCE",
    "WIDTHS",
    "Article",
    "ArticleFile",
    "ArticleVersion",
    "Attendance",
    "BrokenLink",
    "Category",
    "Certificate",
    "CertificateYear",
    "Circular",
    "CircularFile",
    "CircularVersion",
    "Comment",
    "CommentReport",
    "Evaluation",
    "Event",
    "File",
    "Picture",
    "PreviewLink",
    "Reader",
    "Registration",
    "Session",
    "SessionFile",
    "Speaker",
    "Version",
]
