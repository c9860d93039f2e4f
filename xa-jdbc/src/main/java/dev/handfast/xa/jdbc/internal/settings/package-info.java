/** What the definition of a database holds, the rules of it, and what the module logs. */
@NullMarked
package dev.handfast.xa.jdbc.internal.settings;

import org.jspecify.annotations.NullMarked;
