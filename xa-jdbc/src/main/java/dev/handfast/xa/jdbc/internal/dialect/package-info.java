/** What differs between databases, and the careful answers for one that is not known. */
@NullMarked
package dev.handfast.xa.jdbc.internal.dialect;

import org.jspecify.annotations.NullMarked;
