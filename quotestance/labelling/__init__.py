"""From candidates to quotes with speaker, target and stance: fine-tuned transformers in two stages.

The first (``quote_*``) reads each candidate in its context: is it a quote, how far does it go, who speaks.
The second (``stance_*``) reads each quote again, its speaker known and each party of the article in a slot
of its own: toward whom does it take a position, and which. ``decoding`` joins what they say, ``labeller``
runs both.
"""
