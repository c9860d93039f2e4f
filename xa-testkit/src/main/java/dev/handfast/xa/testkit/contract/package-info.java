/** What recovery counts on in a resource adapter, as tests that every adapter extends. */
@NullMarked
package dev.handfast.xa.testkit.contract;

import org.jspecify.annotations.NullMarked;
