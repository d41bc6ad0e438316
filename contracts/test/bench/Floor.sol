// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {BenchToken} from "./BenchToken.sol";

/// @notice The least that moving the money costs: two recipients, no terms, no checks, no event. What is above it is
/// the price of what the checkout promises.
contract Floor {
    function native(address merchant, address feeRecipient, uint256 fee) external payable {
        _send(merchant, msg.value - fee);
        _send(feeRecipient, fee);
    }

    function approved(BenchToken token, address merchant, uint256 rest, address feeRecipient, uint256 fee) external {
        token.transferFrom(msg.sender, merchant, rest);
        token.transferFrom(msg.sender, feeRecipient, fee);
    }

    function permitted(
        BenchToken token,
        address payer,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s,
        address merchant,
        uint256 rest,
        address feeRecipient,
        uint256 fee
    ) external {
        token.permit(payer, address(this), rest + fee, deadline, v, r, s);
        token.transferFrom(payer, merchant, rest);
        token.transferFrom(payer, feeRecipient, fee);
    }

    /// @notice One transfer from each payer, and what came in goes out at once.
    function collected(
        BenchToken token,
        address[] calldata payers,
        uint256[] calldata amounts,
        address merchant,
        uint256 rest,
        address feeRecipient,
        uint256 fee
    ) external {
        for (uint256 i = 0; i < payers.length; i++) {
            token.transferFrom(payers[i], address(this), amounts[i]);
        }
        token.transfer(merchant, rest);
        token.transfer(feeRecipient, fee);
    }

    /// @notice A merchant for each payer.
    function each(
        BenchToken token,
        address[] calldata payers,
        address[] calldata merchants,
        uint256[] calldata rests,
        address feeRecipient,
        uint256[] calldata fees
    ) external {
        for (uint256 i = 0; i < payers.length; i++) {
            token.transferFrom(payers[i], merchants[i], rests[i]);
            token.transferFrom(payers[i], feeRecipient, fees[i]);
        }
    }

    /// @notice One charge by an allowance of the payer's, sent by somebody else.
    function charged(BenchToken token, address payer, address merchant, uint256 rest, address feeRecipient, uint256 fee)
        external
    {
        token.transferFrom(payer, merchant, rest);
        token.transferFrom(payer, feeRecipient, fee);
    }

    function _send(address to, uint256 amount) private {
        (bool success,) = to.call{value: amount}("");
        require(success);
    }
}
