// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Takes and gives tokens, and says whether that worked. Tokens that return nothing count as done; any other
/// answer than true, and no contract at the token's address, as not.
library SubscriberToken {
    address internal constant PERMIT2 = 0x000000000022D473030F116dDEE9F6B43aC78BA3;

    /// @notice By the allowance that this contract has at the token, or at Permit2.
    function pull(address token, address from, address to, uint256 amount, bool viaPermit2, uint256 gasLimit)
        internal
        returns (bool success)
    {
        return viaPermit2
            ? _pullViaPermit2(token, from, to, amount, gasLimit)
            : _pull(token, from, to, amount, gasLimit);
    }

    function _pull(address token, address from, address to, uint256 amount, uint256 gasLimit)
        private
        returns (bool success)
    {
        assembly ("memory-safe") {
            let data := mload(0x40)
            mstore(data, 0x23b872dd00000000000000000000000000000000000000000000000000000000) // transferFrom
            mstore(add(data, 0x04), from)
            mstore(add(data, 0x24), to)
            mstore(add(data, 0x44), amount)
            mstore(0, 0)
            success := call(gasLimit, token, 0, data, 0x64, 0, 0x20)
            if iszero(and(success, eq(mload(0), 1))) {
                success := and(success, lt(returndatasize(), iszero(iszero(extcodesize(token)))))
            }
        }
    }

    function _pullViaPermit2(address token, address from, address to, uint256 amount, uint256 gasLimit)
        private
        returns (bool success)
    {
        address permit2 = PERMIT2;
        assembly ("memory-safe") {
            let data := mload(0x40)
            mstore(data, 0x36c7851600000000000000000000000000000000000000000000000000000000) // transferFrom
            mstore(add(data, 0x04), from)
            mstore(add(data, 0x24), to)
            mstore(add(data, 0x44), amount)
            mstore(add(data, 0x64), token)
            success := call(gasLimit, permit2, 0, data, 0x84, 0, 0)
            // Permit2 takes an address without code for a token that returns nothing.
            success := and(success, iszero(or(iszero(extcodesize(permit2)), iszero(extcodesize(token)))))
        }
    }

    /// @notice From what this contract collected in this very call.
    function push(address token, address to, uint256 amount, uint256 gasLimit) internal returns (bool success) {
        assembly ("memory-safe") {
            let data := mload(0x40)
            mstore(data, 0xa9059cbb00000000000000000000000000000000000000000000000000000000) // transfer
            mstore(add(data, 0x04), to)
            mstore(add(data, 0x24), amount)
            mstore(0, 0)
            success := call(gasLimit, token, 0, data, 0x44, 0, 0x20)
            if iszero(and(success, eq(mload(0), 1))) {
                success := and(success, lt(returndatasize(), iszero(iszero(extcodesize(token)))))
            }
        }
    }

    /// @notice 0 where the token does not answer.
    function balanceOf(address token, address account) internal view returns (uint256) {
        return _word(token, abi.encodeWithSelector(0x70a08231, account));
    }

    /// @notice What this contract may take of `owner`'s. 0 where nobody answers, or Permit2's allowance has expired.
    function allowanceOf(address token, address owner, bool viaPermit2) internal view returns (uint256 allowed) {
        allowed = _word(token, abi.encodeWithSelector(0xdd62ed3e, owner, viaPermit2 ? PERMIT2 : address(this)));
        if (!viaPermit2) return allowed;
        (bool success, bytes memory answer) =
            PERMIT2.staticcall(abi.encodeWithSelector(0x927da105, owner, token, address(this)));
        if (!success || answer.length < 96) return 0;
        (uint256 given, uint256 expiration,) = abi.decode(answer, (uint256, uint256, uint256));
        if (block.timestamp > expiration) return 0;
        return given < allowed ? given : allowed;
    }

    function _word(address target, bytes memory data) private view returns (uint256 word) {
        assembly ("memory-safe") {
            // Apart: arguments run from last to first, and the size of the answer is known only after the call.
            let success := staticcall(gas(), target, add(data, 0x20), mload(data), 0, 0x20)
            if and(success, gt(returndatasize(), 0x1f)) { word := mload(0) }
        }
    }
}
