/** What is special about H2. */
@NullMarked
package dev.handfast.xa.jdbc.internal.dialect.h2;

import org.jspecify.annotations.NullMarked;
