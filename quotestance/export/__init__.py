"""Documents in the forms that people and other programs read.

``tables`` makes plain rows, ``frame`` and ``graph`` what pandas and networkx work on, ``network`` one graph
of many articles, ``html`` pages, ``graph_svg`` and ``timeline_svg`` drawings, ``terminal`` the table for
people, ``streams`` the text of whole outputs.
"""

from quotestance.export.frame import quote_frame
from quotestance.export.graph import party_graph
from quotestance.export.graph_svg import Svg, graph_svg, network_svg
from quotestance.export.html import document_fragment, document_html
from quotestance.export.network import dyads, plain_name, stance_network
from quotestance.export.streams import csv_stream, html_stream, json_stream, jsonl_stream
from quotestance.export.tables import QuoteRow, quote_rows
from quotestance.export.timeline_svg import timeline_svg

__all__ = [
    "QuoteRow",
    "Svg",
    "csv_stream",
    "document_fragment",
    "document_html",
    "dyads",
    "graph_svg",
    "html_stream",
    "json_stream",
    "jsonl_stream",
    "network_svg",
    "party_graph",
    "plain_name",
    "quote_frame",
    "quote_rows",
    "stance_network",
    "timeline_svg",
]
