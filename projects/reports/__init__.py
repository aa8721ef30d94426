"""The monthly report and its round: content, checks, moves, publication, problems, attachments."""
