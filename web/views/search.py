"""The results page."""

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from search.parameters import from_parameters
from search.request import SearchRequest
from search.service import SearchService
from search.wording import count_in_words
from web.access import search_service
from web.caching import note_search_time
from web.errors import empty_page
from web.facets import amount_from_sides, chips_of
from web.parts import Link
from web.rendering import show
from web.results import context_of, labels_of
from web.state import at_page, selection_of, with_amount
from web.urls import search_url

__all__ = ["blueprint"]

blueprint = Blueprint("search", __name__)
