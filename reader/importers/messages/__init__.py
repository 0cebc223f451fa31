"""Messages of mail: from the bytes of one to a raw issue. The importers of mail share this."""
