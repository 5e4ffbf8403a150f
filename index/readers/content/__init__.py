"""The content of a source as bytes and as text: opened, unpacked and decoded, bounded in size."""
