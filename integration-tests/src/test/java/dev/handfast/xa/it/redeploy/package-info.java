/** What is left of a class loader that a runtime was loaded by, after the runtime is closed. */
@NullMarked
package dev.handfast.xa.it.redeploy;

import org.jspecify.annotations.NullMarked;
