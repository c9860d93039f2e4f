/** The store of decisions on disk: lock, identity, records. Knows no Narayana type. */
@NullMarked
package dev.handfast.xa.internal.log;

import org.jspecify.annotations.NullMarked;
