"""Prints a digest of every array and every attribute of an HDF5 file, sorted: datastore_digest.py FILE."""

import hashlib
import sys

import h5py


def digest(value):
    raw = value.tobytes() if hasattr(value, "tobytes") and not value.dtype.hasobject else repr(value).encode()
    return hashlib.sha256(raw).hexdigest()[:16]


def main(path):
    lines = []
    with h5py.File(path, "r") as file:
        def visit(name, item):
            if isinstance(item, h5py.Dataset):
                lines.append(f"{name} {item.shape} {item.dtype} {digest(item[()])}")
            lines.extend(f"{name}@{key} {digest(value)}" for key, value in item.attrs.items())
        file.visititems(visit)
    print("\n".join(sorted(lines)))


if __name__ == "__main__":
    main(sys.argv[1])
